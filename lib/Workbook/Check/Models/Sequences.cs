using System.Text;

namespace Workbook.Check;

/// <summary>A text to put or to append, with what is needed to know the identity of the result without looking at it.</summary>
internal sealed class Piece
{
    public Piece(string text)
    {
        (Text, Powers) = (text, SequenceIdentity.Powers.Zeroth);
        foreach (var letter in text) (Identity, Powers) = (Identity.Then(letter), Powers.Next());
    }

    public string Text { get; }

    public SequenceIdentity Identity { get; }

    public SequenceIdentity.Powers Powers { get; }
}

/// <summary>
/// Texts that grew by appending, each stored as what it was before and the piece that was added: a history of thousands of appends to
/// one key has thousands of states, and whole texts of all of them would take space that grows with the square.
/// </summary>
internal sealed class Sequences
{
    private readonly Dictionary<SequenceIdentity, int> _numbers = [];
    private readonly List<(SequenceIdentity Identity, int Before, Piece Piece)> _texts = [];

    public SequenceIdentity Identity(int number) => _texts[number].Identity;

    public int Put(Piece piece) => Number(piece.Identity, -1, piece);

    public int Append(int number, Piece piece) => Number(_texts[number].Identity.Then(piece.Identity, piece.Powers), number, piece);

    /// <summary>The whole text; of a long one the end.</summary>
    public string Text(int number)
    {
        const int most = 60;
        var text = new StringBuilder();
        for (; number >= 0 && text.Length <= most; number = _texts[number].Before) text.Insert(0, _texts[number].Piece.Text);
        return number < 0 && text.Length <= most ? text.ToString() : $"…{text.ToString(text.Length - most, most)}";
    }

    private int Number(SequenceIdentity identity, int before, Piece piece)
    {
        if (_numbers.TryGetValue(identity, out var number)) return number;
        _numbers.Add(identity, number = _texts.Count);
        _texts.Add((identity, before, piece));
        return number;
    }
}
