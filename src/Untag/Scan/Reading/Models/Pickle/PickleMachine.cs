namespace Untag.Scan.Reading.Models.Pickle;

/// <summary>Follows the opcodes of a pickle, protocols 0 to 5, and keeps what they would build as a structure. Nothing
/// is imported or called: a call is kept as what would be called, and with what.</summary>
internal sealed class PickleMachine(PickleTape tape)
{
    // A structure of more values is not followed to its end; the file says how much memory this may take.
    private const int ValuesMax = 4_000_000;
    private const int NestedMax = 16;

    private readonly PickleStack stack = new();
    private readonly Dictionary<long, PickleValue> memo = [];
    private readonly List<PickleValue> dropped = [];
    private int values;
    private int nested;

    /// <summary>What was built and then left: a hostile pickle could hide something so.</summary>
    public IReadOnlyList<PickleValue> Left => [.. dropped, .. stack.Values];

    /// <summary>Follows one pickle to its end, and returns what it builds; null when it is damaged.</summary>
    public PickleValue? Run()
    {
        while (!tape.Source.IsDamaged)
        {
            if (tape.IsAtEnd)
            {
                tape.Source.Damage("the pickle is cut off: what it holds was read up to there");
                return null;
            }

            var at = tape.At;
            var code = (char)tape.Byte();
            if (code == '.')
                return stack.Count > 0 ? stack.Pop() : Broken(at);
            if (++values > ValuesMax)
                tape.Source.Damage($"has more than {ValuesMax / 1_000_000} million opcodes: the rest was not read");
            else if (!(TryPush(code) || TryBuild(code) || TryMemo(code)))
                return Broken(at);
        }

        return null;
    }

    private PickleValue? Broken(long at)
    {
        tape.Source.Damage($"the pickle is damaged at byte {at}: what it holds was read up to there");
        return null;
    }

    // Opcodes that put one value on the stack.
    private bool TryPush(char code)
    {
        PickleValue? value = code switch
        {
            'I' => tape.DecimalLine(),
            'L' => tape.DecimalLine(),
            'F' => tape.LineText(PickleForm.Bytes) is null ? null : PickleValue.Nothing,
            'J' => new PickleNumber(tape.Int32()),
            'K' => new PickleNumber(tape.Byte()),
            'M' => new PickleNumber(tape.UInt16()),
            '\x8a' => tape.Integer(tape.Byte()),
            '\x8b' => tape.Integer(tape.UInt32()),
            'G' => Skipped(sizeof(double)),
            'N' or '\x88' or '\x89' or '\x97' => PickleValue.Nothing,
            'S' => tape.LineText(PickleForm.Quoted),
            'V' => tape.LineText(PickleForm.Escaped),
            'T' => tape.Text(tape.UInt32(), PickleForm.Bytes),
            'U' => tape.Text(tape.Byte(), PickleForm.Bytes),
            'X' => tape.Text(tape.UInt32(), PickleForm.Utf8),
            '\x8c' => tape.Text(tape.Byte(), PickleForm.Utf8),
            '\x8d' => tape.Text(tape.Size(), PickleForm.Utf8),
            'B' => tape.Text(tape.UInt32(), PickleForm.Bytes),
            'C' => tape.Text(tape.Byte(), PickleForm.Bytes),
            '\x8e' or '\x96' => tape.Text(tape.Size(), PickleForm.Bytes),
            ']' or ')' or '\x8f' => new PickleList([]),
            '}' => new PickleDictionary(),
            'c' => new PickleGlobal(tape.Line(), tape.Line()),
            'P' => new PickleObject(PickleValue.Nothing, tape.LineText(PickleForm.Bytes)),
            '\x82' => Skipped(1),
            '\x83' => Skipped(2),
            '\x84' => Skipped(4),
            _ => null,
        };
        if (value is not null)
            stack.Push(value);
        return value is not null;
    }

    // Opcodes that take values from the stack and build one of them.
    private bool TryBuild(char code)
    {
        switch (code)
        {
            case 't' or 'l' or '\x91':
                stack.Push(new PickleList(stack.PopMarked()));
                return true;
            case '\x85' or '\x86' or '\x87':
                stack.Push(new PickleList(stack.Pop(code - '\x84')));
                return true;
            case 'd':
                var pairs = stack.PopMarked();
                stack.Push(new PickleDictionary());
                Set(pairs);
                return true;
            case 'a':
                Append(stack.Pop(1));
                return true;
            case 'e' or '\x90':
                Append(stack.PopMarked());
                return true;
            case 's':
                Set(stack.Pop(2));
                return true;
            case 'u':
                Set(stack.PopMarked());
                return true;
            case 'R' or '\x81':
                Call(stack.Pop(2));
                return true;
            case '\x92': // class, arguments, arguments by name
                var made = stack.Pop(3);
                stack.Push(
                    made is [var type, ..] ? new PickleObject(type, new PickleList(made[1..])) : PickleValue.Nothing);
                return true;
            case 'i':
                var named = new PickleGlobal(tape.Line(), tape.Line());
                stack.Push(new PickleObject(named, new PickleList(stack.PopMarked())));
                return true;
            case 'o':
                var parts = stack.PopMarked();
                stack.Push(
                    parts is [var callee, ..] ? new PickleObject(callee, new PickleList(parts[1..])) : PickleValue.Nothing);
                return true;
            case '\x93':
                var names = stack.Pop(2);
                stack.Push(
                    names is [PickleText module, PickleText name]
                        ? new PickleGlobal(tape.Text(module), tape.Text(name))
                        : PickleValue.Nothing);
                return true;
            case 'b':
                Build();
                return true;
            case 'Q':
                stack.Push(new PickleObject(PickleValue.Nothing, stack.Pop()));
                return true;
            default:
                return false;
        }
    }

    // Opcodes that move values, and those that only say how the rest is written.
    private bool TryMemo(char code)
    {
        switch (code)
        {
            case '(':
                stack.Mark();
                return true;
            case '0':
                if (!stack.TryPopMark())
                    dropped.Add(stack.Pop());
                return true;
            case '1':
                dropped.AddRange(stack.PopMarked());
                return true;
            case '2':
                stack.Push(stack.Top);
                return true;
            case 'g' or 'h' or 'j':
                stack.Push(memo.GetValueOrDefault(Index(code), PickleValue.Nothing));
                return true;
            case 'p' or 'q' or 'r':
                memo[Index(code)] = stack.Top;
                return true;
            case '\x94':
                memo[memo.Count] = stack.Top;
                return true;
            case '\x80':
                tape.Skip(1);
                return true;
            case '\x95':
                tape.Skip(sizeof(ulong));
                return true;
            case '\x98':
                return true;
            default:
                return false;
        }
    }

    private PickleValue Skipped(int bytes)
    {
        tape.Skip(bytes);
        return PickleValue.Nothing;
    }

    private long Index(char code) => code switch
    {
        'g' or 'p' => tape.DecimalLine() is PickleNumber number ? number.Value : -1,
        'h' or 'q' => tape.Byte(),
        _ => tape.UInt32(),
    };

    private void Append(List<PickleValue> items)
    {
        if (stack.Top is PickleList list)
            list.Items.AddRange(items);
        else if (stack.Top is PickleObject made)
            made.Items.AddRange(items);
        else
            dropped.AddRange(items);
    }

    private void Set(List<PickleValue> flat)
    {
        var pairs = stack.Top switch
        {
            PickleDictionary dictionary => dictionary.Pairs,
            PickleObject made => made.Pairs,
            _ => null,
        };
        if (pairs is null)
        {
            dropped.AddRange(flat);
            return;
        }

        for (var i = 0; i + 1 < flat.Count; i += 2)
            pairs.Add((flat[i], flat[i + 1]));
    }

    private void Call(List<PickleValue> call) =>
        stack.Push(call is [var callee, var arguments] ? new PickleObject(callee, arguments) : PickleValue.Nothing);

    private void Build()
    {
        var state = stack.Pop();
        if (stack.Top is not PickleObject made)
        {
            dropped.Add(state);
            return;
        }

        made.State = state;
        if (made.IsMadeBy("joblib", "NumpyArrayWrapper"))
            ReadArrayBehind(made);
    }

    // joblib writes an array's bytes, or a pickle of its objects, right behind the object that describes it.
    private void ReadArrayBehind(PickleObject wrapper)
    {
        var array = NumpyArray.OfWrapper(wrapper, tape);
        if (array is null)
        {
            tape.Source.Damage($"an array of joblib at byte {tape.At} is not described: what follows was not read");
        }
        else if (!array.HoldsObjects)
        {
            if (array.IsAligned)
                tape.Skip(tape.Byte());
            wrapper.Items.Add(tape.Text(array.SizeBytes, PickleForm.Bytes));
        }
        else if (++nested > NestedMax)
        {
            tape.Source.Damage($"has arrays of objects inside each other, more than {NestedMax} deep");
        }
        else
        {
            var objects = new PickleMachine(tape) { nested = nested, values = values };
            wrapper.Items.Add(objects.Run() ?? PickleValue.Nothing);
            dropped.AddRange(objects.Left);
            values = objects.values;
            nested--;
        }
    }
}
