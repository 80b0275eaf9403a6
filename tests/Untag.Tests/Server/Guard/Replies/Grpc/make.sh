#!/usr/bin/env bash
# Makes the set of descriptors and the messages beside it. Needs protoc; made with 3.21.12.
set -euo pipefail
cd "$(dirname "$0")"
protoc --include_imports --descriptor_set_out=faces.binpb faces.proto
for message in tagged stripped clean; do
  protoc --encode=vision.v1.DetectReply faces.proto < "$message.txtpb" > "$message.binpb"
done
