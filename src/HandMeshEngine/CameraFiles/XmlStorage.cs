using System.Xml;

namespace HandMeshEngine.CameraFiles;

/// <summary>OpenCV's FileStorage in XML: elements are fields, <c>_</c> elements are items, numbers stand between blanks.</summary>
internal static class XmlStorage
{
    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static FileNode Read(string text)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreWhitespace = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), settings);
            reader.MoveToContent();
            return Element(reader, 0);
        }
        catch (XmlException exception)
        {
            throw new FormatException($"line {exception.LineNumber}: {exception.Message}");
        }
    }

    private static FileNode Element(XmlReader reader, int depth)
    {
        const int deepest = 32;
        if (depth > deepest)
        {
            throw new FormatException($"elements lie deeper than {deepest} levels");
        }

        if (reader.IsEmptyElement)
        {
            reader.Read();
            return new FileNode { Text = string.Empty };
        }

        var fields = new Dictionary<string, FileNode>(StringComparer.Ordinal);
        var items = new List<FileNode>();
        string content = string.Empty;
        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                string name = reader.Name;
                FileNode child = Element(reader, depth + 1);
                if (name == "_")
                {
                    items.Add(child);
                }
                else
                {
                    fields[name] = child;
                }
            }
            else
            {
                content += reader.Value;
                if (!reader.Read())
                {
                    break;
                }
            }
        }

        reader.Read();
        return fields.Count > 0 ? new FileNode { Fields = fields }
            : items.Count > 0 ? new FileNode { Items = items }
            : new FileNode { Text = content.Trim() };
    }
}
