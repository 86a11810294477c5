using System.Globalization;

namespace PtxSimulator.Parsing;

/// <summary>Numbers as PTX writes them, and the sizes of its types.</summary>
internal static class PtxNumber
{
    /// <summary>True where a word is a number rather than a name.</summary>
    public static bool IsNumber(string word) => char.IsAsciiDigit(word[0]);

    /// <exception cref="PtxFormatException">The word is no integer.</exception>
    public static ulong Integer(string word, int line)
    {
        var digits = word.AsSpan().TrimEnd('U');
        bool ok;
        ulong value = 0;
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            ok = ulong.TryParse(digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out value);
        }
        else if (digits.StartsWith("0b", StringComparison.OrdinalIgnoreCase))
        {
            ok = ulong.TryParse(digits[2..], NumberStyles.BinaryNumber, CultureInfo.InvariantCulture, out value);
        }
        else if (digits.Length > 1 && digits[0] == '0')
        {
            ok = true;
            foreach (char c in digits[1..])
            {
                ok &= c is >= '0' and <= '7';
                value = value * 8 + (ulong)(c - '0');
            }
        }
        else
        {
            ok = ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        }
        return ok ? value : throw new PtxFormatException(line, $"'{word}' is not an integer");
    }

    /// <summary>Reads <c>0f3F800000</c>, <c>0d3FF0000000000000</c> or an integer as an operand.</summary>
    public static PtxOperand Operand(string word, bool negative, int line)
    {
        if (word.StartsWith("0f", StringComparison.OrdinalIgnoreCase))
        {
            return Float(OperandKind.Single, word, negative ? 1ul << 31 : 0, line);
        }
        if (word.StartsWith("0d", StringComparison.OrdinalIgnoreCase))
        {
            return Float(OperandKind.Double, word, negative ? 1ul << 63 : 0, line);
        }
        ulong bits = Integer(word, line);
        return new PtxOperand { Kind = OperandKind.Integer, Bits = negative ? (ulong)-(long)bits : bits };
    }

    /// <summary>Bytes of a type named without its dot; 0 for a predicate or an unknown type.</summary>
    public static int BytesOf(string type) => type switch
    {
        "b8" or "u8" or "s8" => 1,
        "b16" or "u16" or "s16" or "f16" or "bf16" => 2,
        "b32" or "u32" or "s32" or "f32" or "f16x2" => 4,
        "b64" or "u64" or "s64" or "f64" => 8,
        _ => 0,
    };

    private static PtxOperand Float(OperandKind kind, string word, ulong sign, int line)
    {
        if (!ulong.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong bits))
        {
            throw new PtxFormatException(line, $"'{word}' is not a floating-point constant");
        }
        return new PtxOperand { Kind = kind, Bits = bits ^ sign };
    }
}
