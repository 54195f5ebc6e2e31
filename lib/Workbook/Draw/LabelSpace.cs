namespace Workbook.Draw;

/// <summary>Which parts of a diagram already carry text, so that no two texts lie on each other.</summary>
internal sealed class LabelSpace
{
    /// <summary>Texts are looked up by the strip of the page they lie in; a text is lower than a strip.</summary>
    private const double Strip = 40;

    private readonly Dictionary<int, List<Box>> strips = [];

    public readonly record struct Box(double Left, double Top, double Width, double Height)
    {
        public bool Meets(Box other) => Left < other.Left + other.Width && other.Left < Left + Width
            && Top < other.Top + other.Height && other.Top < Top + Height;
    }

    /// <summary>Takes the place if it is free, and says whether it was.</summary>
    public bool Take(Box box)
    {
        var (first, last) = (Index(box.Top), Index(box.Top + box.Height));
        for (var i = first; i <= last; i++)
        {
            if (strips.TryGetValue(i, out var taken) && taken.Exists(box.Meets))
                return false;
        }
        for (var i = first; i <= last; i++)
            (strips.TryGetValue(i, out var taken) ? taken : strips[i] = []).Add(box);
        return true;
    }

    private static int Index(double y) => (int)Math.Floor(y / Strip);
}
