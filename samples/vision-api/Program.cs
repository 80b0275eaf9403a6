using VisionApi;

// A service to stand behind `untag guard`. It looks at no picture: each path answers with one file of `replies`, always the same.
// usage: vision-api [ADDRESS]     such as http://127.0.0.1:9000
await using var api = CannedApi.Build(args.Length > 0 ? args[0] : "http://127.0.0.1:9000");
await api.RunAsync();
