var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddHttpForwarder();
await using var app = builder.Build();
await app.RunAsync();
