namespace PtxSimulator.Parsing;

internal enum TokenKind
{
    /// <summary>A name, directive, opcode, register or number: letters, digits and any of <c>_ $ % .</c> and <c>::</c>.</summary>
    Word,
    /// <summary>One punctuation character.</summary>
    Mark,
    Text,
    End,
}

/// <summary>One lexical element of a PTX text, with the line it stands on (1-based).</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    public bool Is(char mark) => Kind == TokenKind.Mark && Text[0] == mark;

    public bool Is(string word) => Kind == TokenKind.Word && Text == word;
}
