namespace PtxSimulator.Parsing;

/// <summary>Cuts a PTX text into words and punctuation; comments vanish, line numbers stay.</summary>
internal static class Lexer
{
    public static List<Token> Read(string ptx)
    {
        var tokens = new List<Token>(ptx.Length / 5);
        int line = 1, at = 0;
        while (at < ptx.Length)
        {
            char c = ptx[at];
            if (c == '\n')
            {
                line++;
                at++;
            }
            else if (char.IsWhiteSpace(c) || c == '\0')
            {
                at++;
            }
            else if (c == '/' && at + 1 < ptx.Length && ptx[at + 1] == '/')
            {
                int end = ptx.IndexOf('\n', at);
                at = end < 0 ? ptx.Length : end;
            }
            else if (c == '/' && at + 1 < ptx.Length && ptx[at + 1] == '*')
            {
                int end = ptx.IndexOf("*/", at + 2, StringComparison.Ordinal);
                end = end < 0 ? ptx.Length : end + 2;
                line += ptx.AsSpan(at, end - at).Count('\n');
                at = end;
            }
            else if (c == '"')
            {
                int end = ptx.IndexOf('"', at + 1);
                if (end < 0)
                {
                    throw new PtxFormatException(line, "a string is not closed");
                }
                tokens.Add(new Token(TokenKind.Text, ptx[(at + 1)..end], line));
                at = end + 1;
            }
            else if (IsWord(c))
            {
                int end = at + 1;
                while (end < ptx.Length && (IsWord(ptx[end]) || IsScope(ptx, end)))
                {
                    end += ptx[end] == ':' ? 2 : 1;
                }
                tokens.Add(new Token(TokenKind.Word, ptx[at..end], line));
                at = end;
            }
            else
            {
                tokens.Add(new Token(TokenKind.Mark, c.ToString(), line));
                at++;
            }
        }
        tokens.Add(new Token(TokenKind.End, "", line));
        return tokens;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '%' or '.';

    /// <summary>The <c>::</c> inside <c>shared::cta</c>, which must not be mistaken for the colon behind a label.</summary>
    private static bool IsScope(string ptx, int at) =>
        ptx[at] == ':' && at + 2 < ptx.Length && ptx[at + 1] == ':' && char.IsAsciiLetter(ptx[at + 2]);
}
