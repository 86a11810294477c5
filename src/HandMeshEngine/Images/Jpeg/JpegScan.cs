namespace HandMeshEngine.Images.Jpeg;

/// <summary>The scan header (SOS): which components, and which part of their coefficients. Reused from scan to scan.</summary>
internal sealed class JpegScan
{
    /// <summary>Blocks in one interleaved unit (T.81 B.2.3).</summary>
    private const int MaxUnitBlocks = 10;

    private const int MaxBit = 13;

    private readonly JpegComponent[] _components = new JpegComponent[4];
    private int _componentCount;

    /// <summary>The components of the scan, in the order of their blocks.</summary>
    public ReadOnlySpan<JpegComponent> Components => _components.AsSpan(0, _componentCount);

    /// <summary>The first coefficient, in coding order.</summary>
    public int First { get; private set; }

    /// <summary>The last coefficient, in coding order.</summary>
    public int Last { get; private set; }

    /// <summary>The lowest bit that this scan brings.</summary>
    public int Bit { get; private set; }

    /// <summary>Whether the scan adds one bit to coefficients that came before.</summary>
    public bool IsRefinement { get; private set; }

    /// <summary>Whether the blocks of several components alternate.</summary>
    public bool IsInterleaved => _componentCount > 1;

    /// <summary>Reads the header and checks it against what came before.</summary>
    /// <param name="segment">The segment's content, without its length.</param>
    /// <param name="offset">Where the content lies in the file.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="tables">The tables defined so far.</param>
    public void Read(ReadOnlySpan<byte> segment, int offset, JpegFrame frame, JpegTables tables)
    {
        int count = segment.IsEmpty ? 0 : segment[0];
        if (count is 0 or > 4 || segment.Length != 4 + (2 * count))
        {
            throw Damaged(offset, "has the wrong length");
        }

        ReadOnlySpan<byte> tail = segment[(1 + (2 * count))..];
        if (frame.IsProgressive)
        {
            First = tail[0];
            Last = tail[1];
            IsRefinement = tail[2] >> 4 != 0;
            Bit = tail[2] & 15;
            bool band = First == 0 ? Last == 0 : First <= Last && Last < 64 && count == 1;
            if (!band || Bit > MaxBit || (IsRefinement && tail[2] >> 4 != Bit + 1))
            {
                throw Damaged(offset, $"asks for the impossible coefficients {First} to {Last}, bits {tail[2]:x2}");
            }
        }
        else
        {
            // Sequential scans bring everything; libjpeg too ignores what these bytes say.
            First = 0;
            Last = 63;
            IsRefinement = false;
            Bit = 0;
        }

        SelectComponents(segment.Slice(1, 2 * count), offset, frame, tables);
        Advance(offset, frame);
    }

    private void SelectComponents(ReadOnlySpan<byte> selectors, int offset, JpegFrame frame, JpegTables tables)
    {
        _componentCount = 0;
        int unitBlocks = 0;
        for (int i = 0; i < selectors.Length; i += 2)
        {
            JpegComponent component = Find(frame, selectors[i], offset);
            if (Components.Contains(component))
            {
                throw Damaged(offset, $"names component {selectors[i]} twice");
            }

            int dc = selectors[i + 1] >> 4;
            int ac = selectors[i + 1] & 15;
            bool needsDc = First == 0 && !IsRefinement;
            bool needsAc = Last > 0;
            component.DcTable = needsDc ? Table(tables.Dc, dc, "DC", offset) : null;
            component.AcTable = needsAc ? Table(tables.Ac, ac, "AC", offset) : null;
            _components[_componentCount++] = component;
            unitBlocks += component.HorizontalFactor * component.VerticalFactor;
        }

        if (IsInterleaved && unitBlocks > MaxUnitBlocks)
        {
            throw Damaged(offset, $"interleaves {unitBlocks} blocks, more than {MaxUnitBlocks}");
        }
    }

    /// <summary>
    /// Every coefficient comes once in full or, in a progressive file, once in part and then bit by bit. Insisting on it
    /// bounds the work that a small file can ask for.
    /// </summary>
    private void Advance(int offset, JpegFrame frame)
    {
        foreach (JpegComponent component in Components)
        {
            Span<sbyte> lowest = component.LowestBit;
            if (First > 0 && !component.IsSeen)
            {
                throw Damaged(offset, $"refines component {component.Id} before its first scan");
            }

            for (int k = First; k <= Last; k++)
            {
                int expected = IsRefinement ? Bit + 1 : JpegComponent.Unseen;
                if (lowest[k] != expected)
                {
                    string scans = frame.IsProgressive ? "progressive scans" : "scans";
                    throw Damaged(offset, $"breaks the order of {scans} at component {component.Id}, coefficient {k}");
                }

                lowest[k] = (sbyte)Bit;
            }
        }
    }

    private static JpegComponent Find(JpegFrame frame, int id, int offset)
    {
        foreach (JpegComponent component in frame.Components)
        {
            if (component.Id == id)
            {
                return component;
            }
        }

        throw Damaged(offset, $"names component {id}, which the frame does not have");
    }

    private static HuffmanTable Table(ReadOnlySpan<HuffmanTable> tables, int index, string kind, int offset)
    {
        if (index >= tables.Length || !tables[index].IsDefined)
        {
            throw Damaged(offset, $"uses {kind} Huffman table {index}, which is not defined");
        }

        tables[index].Build();
        return tables[index];
    }

    private static ImageException Damaged(int offset, string what) =>
        new($"the JPEG scan header at byte {offset} {what}; the file is damaged, export it again");
}
