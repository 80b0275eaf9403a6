using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Requests;

/// <summary>Looks through a request for what asks for a trait, or puts people into lists by one. A request is passed on as it came, or
/// refused; it is never rewritten.</summary>
/// <remarks>
/// <list type="number">
/// <item>head: protocols that cannot be inspected, parts, the path, the query, headers of the service's own;</item>
/// <item>body, by its media type: forms, parts of forms, JSON, texts. Pictures and sounds are passed on
/// unread, unless they begin like JSON;</item>
/// <item>every occurrence counts: a parameter may stand in the query, in the body, and twice in each.</item>
/// </list>
/// </remarks>
internal sealed class RequestInspector(AskingTerms terms, ReplyWords replyWords, int depthMax)
{
    private const string Path = "the path";
    private const string Query = "the query";
    private const string Header = "a header";
    private const string Form = "the form";
    private const string Body = "the body";

    private const string Fields = "fields"; // XML, CSV and YAML list what they ask for in their own ways

    private static readonly string[] Unread = ["image/", "video/", "audio/", "application/octet-stream"];

    private const string AnyGrpc = "application/grpc";

    // What comes in frames of messages of Protocol Buffers.
    private static readonly string[] Grpc = [AnyGrpc, "application/grpc+proto", "application/grpc-web", "application/grpc-web+proto"];

    // What they say is the protocol's, a secret, or the name of a program or another page.
    private static readonly FrozenSet<string> OfProtocol = new[]
    {
        HeaderNames.Host, HeaderNames.UserAgent, HeaderNames.Authorization, HeaderNames.AcceptEncoding, HeaderNames.AcceptLanguage, HeaderNames.ContentType,
        HeaderNames.ContentLength, HeaderNames.ContentDisposition, HeaderNames.Connection, HeaderNames.Date, HeaderNames.Expect, HeaderNames.TE,
        HeaderNames.TransferEncoding, HeaderNames.Via, HeaderNames.Referer, HeaderNames.Origin, HeaderNames.CacheControl, HeaderNames.Pragma,
        HeaderNames.TraceParent, HeaderNames.TraceState, HeaderNames.KeepAlive, "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly CleanTexts cleanPaths = new();

    /// <summary>What words mean.</summary>
    public AskingTerms Terms => terms;

    /// <summary>What a reply must not tell.</summary>
    public ReplyWords ReplyWords => replyWords;

    /// <summary>True when the body must be read before the request is passed on, however it begins.</summary>
    public static bool ReadsBody(HttpRequest request) =>
        TensorRequest.Is(request)
        || MediaTypeOf(request) is not { } type || !(IsUnread(type) || IsGrpc(request));

    /// <summary>True for a request of gRPC, whose messages are looked at on their way.</summary>
    public static bool IsGrpc(HttpRequest request) =>
        Grpc.Contains(MediaTypeOf(request), StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks at the messages of a request of gRPC on their way.</summary>
    public GrpcLook LookAtMessages(HttpRequest request, int messageBytesMax) =>
        new(request.Body, JudgeOf(request), new JsonLook(JudgeOf(request), depthMax), messageBytesMax);

    /// <summary>Looks at all but the body.</summary>
    /// <returns>Why it is not passed on; null when it is.</returns>
    public Asked? LookAtHead(HttpRequest request)
    {
        if (HttpMethods.IsConnect(request.Method) || request.Headers.ContainsKey(HeaderNames.Upgrade) || request.Headers.ContainsKey("HTTP2-Settings"))
            return Asked.Uninspectable(StatusCodes.Status501NotImplemented, "upgrade", "another protocol cannot be inspected");
        if (request.Headers.ContainsKey(HeaderNames.Range))
            return Asked.Uninspectable(StatusCodes.Status416RangeNotSatisfiable, "range", "a part of a reply cannot be inspected: ask for all of it");
        return LookAtContentType(request) ?? LookAtPath(request) ?? LookAtQuery(request) ?? LookAtHeaders(request);
    }

    /// <summary>Looks at the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">The whole body.</param>
    /// <returns>Why it is not passed on; null when it is.</returns>
    public async Task<Asked?> LookAtBodyAsync(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return null;
        if (request.Headers.ContentEncoding.Any(encoding => encoding is { Length: > 0 } && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            return Asked.Uninspectable(StatusCodes.Status415UnsupportedMediaType, "encoding", "a packed request cannot be inspected: send it as it is");
        if (TensorRequest.Is(request))
            return LookAtTensors(request, body);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return Utf8.IsValid(body.Span) ? LookAtText(request, body) : Unknown();
        if (type.Charset.Value?.Trim('"') is { Length: > 0 } charset && !IsUtf8(charset))
            return OtherCharset();
        var media = type.MediaType.Value ?? "";
        if (media.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return LookAtPairs(Form, Encoding.UTF8.GetString(body.Span), JudgeOf(request));
        if (media.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            return await LookAtPartsAsync(request, type, body);
        if (IsJson(media))
            return LookAtJson(request, body);
        if (IsUnread(media))
            return LookAtUnread(request, body);
        if (!media.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
            return Unknown();
        return LookAtText(request, body)
            ?? (media.Equals("text/plain", StringComparison.OrdinalIgnoreCase) ? null : JudgeOf(request).Judge(Body, Fields, Encoding.UTF8.GetString(body.Span)));
    }

    // Services choose among two, and some read what is damaged. A client of gRPC may wait for an answer before its request ends.
    private static Asked? LookAtContentType(HttpRequest request)
    {
        if (request.ContentType is not { Length: > 0 } type)
            return null;
        var isDamaged = MediaTypeOf(request) is null && (type.Contains(',', StringComparison.Ordinal) || type.Contains("multipart", StringComparison.OrdinalIgnoreCase));
        var isOtherGrpc = type.StartsWith(AnyGrpc, StringComparison.OrdinalIgnoreCase) && !IsGrpc(request);
        return request.Headers.ContentType.Count > 1 || isDamaged || isOtherGrpc ? Unknown() : null;
    }

    private static bool IsUnread(string media) => Array.Exists(Unread, prefix => media.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static Asked Unknown() => Asked.Uninspectable(
        StatusCodes.Status415UnsupportedMediaType, "content-type", "a request of this content type cannot be inspected");

    private static Asked OtherCharset() => Asked.Uninspectable(
        StatusCodes.Status415UnsupportedMediaType, "charset", "a request in another character set than UTF-8 cannot be inspected");

    private static Asked NotWhole() =>
        Asked.Uninspectable(StatusCodes.Status400BadRequest, "json", "the body is not whole JSON, and cannot be inspected");

    private static string? MediaTypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.Value : null;

    private static bool IsUtf8(string charset) =>
        charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("utf8", StringComparison.OrdinalIgnoreCase)
        || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string media) =>
        media.EndsWith("json", StringComparison.OrdinalIgnoreCase) || media.StartsWith("application/x-amz-json", StringComparison.OrdinalIgnoreCase)
        || media.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase) || media.Equals("application/jsonl", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a path where lists and rules are made, and nothing else is: a word of it is called so.</summary>
    public bool MakesLists(HttpRequest request) => (request.Path.Value ?? "").Split('/').Any(terms.IsListAlone);

    private FieldJudge JudgeOf(HttpRequest request)
    {
        var writes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        return new FieldJudge(terms, replyWords, writes && (request.Path.Value ?? "").Split('/').Any(segment => terms.Says(segment).HasFlag(RequestSense.List)));
    }

    private Asked? LookAtPath(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        if (cleanPaths.Has(path))
            return null;
        var asked = LookAtPath(path);
        if (asked is null)
            cleanPaths.Add(path);
        return asked;
    }

    private Asked? LookAtPath(string path)
    {
        if (path.Contains('%', StringComparison.Ordinal)) // a slash stays escaped, and what was escaped twice
            path = Uri.UnescapeDataString(path);
        var segments = path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            if (terms.NameTrait(segment))
                return Asked.ForTrait(terms.IsIdentifier(segment) ? AskedRules.Identifier : AskedRules.Asks, Path, "");
            if ((terms.IsName(segment) && !replyWords.IsOfContest(segments, i)) || replyWords.ComputesTrait(segment))
                return Asked.ForTrait(AskedRules.Asks, Path, "");
            if (terms.NameGroup(segment))
                return Asked.ForTrait(AskedRules.List, Path, "");
        }

        return null;
    }

    private Asked? LookAtQuery(HttpRequest request) =>
        request.QueryString.HasValue ? LookAtPairs(Query, request.QueryString.Value!, JudgeOf(request)) : null;

    // Those of the service's own name a trait as a field does; those of the protocol name none, and no client's program is called after one.
    private Asked? LookAtHeaders(HttpRequest request)
    {
        var judge = JudgeOf(request);
        foreach (var (name, values) in request.Headers)
        {
            if (OfProtocol.Contains(name))
                continue;
            var isOwn = name.StartsWith("X-", StringComparison.OrdinalIgnoreCase);
            foreach (var value in values)
            {
                var asked = isOwn ? judge.Judge(Header, name, value ?? "") : JudgeWords(name, value);
                if (asked is not null)
                    return asked;
            }
        }

        return null;
    }

    private Asked? JudgeWords(string name, string? value) =>
        terms.NameTrait(name) || terms.NameTrait(value) ? Asked.ForTrait(AskedRules.Asks, Header, name) : null;

    private Asked? LookAtPairs(string place, string pairs, FieldJudge judge)
    {
        var json = new JsonLook(judge, depthMax);
        if (pairs.Contains(';', StringComparison.Ordinal) && LookAtPairs(place, pairs.Replace(';', '&'), judge) is { } divided)
            return divided; // some services divide pairs so
        var meansOther = new Dictionary<string, bool>(StringComparer.Ordinal); // by name
        foreach (var pair in new QueryStringEnumerable(pairs))
        {
            var value = pair.DecodeValue().ToString();
            var name = pair.DecodeName().ToString();
            if (judge.Judge(place, name, value) is { } named && !(judge.MayMeanOther(name, value) && MeansOther(name)))
                return named;
            if (json.LookInside(place, value) is { } asked)
                return asked;
        }

        return null;

        bool MeansOther(string name)
        {
            if (!meansOther.TryGetValue(name, out var isOther) && meansOther.Count < OtherFields.NamesMax)
                meansOther[name] = isOther = SayOther(judge, pairs, name);
            return isOther;
        }
    }

    private static bool SayOther(FieldJudge judge, string pairs, string name)
    {
        var (names, values) = (new List<string>(), new List<string>());
        foreach (var pair in new QueryStringEnumerable(pairs))
        {
            var other = pair.DecodeName().ToString();
            if (other == name)
                continue;
            names.Add(other);
            values.Add(pair.DecodeValue().ToString());
        }

        return judge.SayOther(names, values);
    }

    private Asked? LookAtJson(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        try
        {
            return new JsonLook(JudgeOf(request), depthMax).Look(Body, body);
        }
        catch (JsonException)
        {
            return NotWhole();
        }
    }

    // It begins like JSON. What is none after all is a picture, or a text that a service may take for a list of what is asked for.
    private Asked? LookAtUnread(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (WideJson.IsIn(body.Span, isWhole: true) == true)
            return OtherCharset();
        try
        {
            return new JsonLook(JudgeOf(request), depthMax).Look(Body, body);
        }
        catch (JsonException)
        {
            return JsonBeginning.IsJson(body.Span, isWhole: true)
                ? NotWhole() // too deep, or a damaged text in it
                : JudgeOf(request).Judge(Body, Fields, LenientText.Of(body.Span));
        }
    }

    // JSON, and raw tensors behind it: of those nothing is asked.
    private Asked? LookAtTensors(HttpRequest request, ReadOnlyMemory<byte> body) => TensorRequest.JsonOf(request, body) is { } json
        ? LookAtJson(request, json)
        : Asked.Uninspectable(StatusCodes.Status400BadRequest, "json", $"`{TensorRequest.Header}` is not the length of the JSON in the body, or there are other tensors behind it");

    // Some services read JSON and forms whatever the header says.
    private Asked? LookAtText(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Span);
        var judge = JudgeOf(request);
        if (JsonBeginning.Behind(body.Span) is [(byte)'{' or (byte)'[', ..])
            return LookAtJson(request, body);
        return judge.Judge(Body, "", text) ?? (text.Contains('=', StringComparison.Ordinal) ? LookAtPairs(Body, text, judge) : null);
    }

    private async Task<Asked?> LookAtPartsAsync(HttpRequest request, MediaTypeHeaderValue type, ReadOnlyMemory<byte> body)
    {
        if (FormDivision.BoundaryOf(type) is not { } boundary)
            return Asked.Uninspectable(StatusCodes.Status400BadRequest, "parts", "the parts of the body have no boundary, or more than one");
        try
        {
            return await new PartsLook(JudgeOf(request), new JsonLook(JudgeOf(request), depthMax)).LookAsync(boundary, body);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or JsonException)
        {
            return Asked.Uninspectable(StatusCodes.Status400BadRequest, "parts", "the parts of the body are damaged, or can be read in more ways than one, and cannot be inspected");
        }
    }
}
