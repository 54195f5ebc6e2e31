using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Site.Sources;
using Workbook.Site.Tests.Pages;
using Xunit;

namespace Workbook.Site.Tests.Sources;

public sealed class SourceLinksTests
{
    private static readonly SourceLinks Links = new(Names.Root);

    private static readonly IAssemblySymbol Library = Load();

    [Fact]
    public void Every_public_type_of_the_library_leads_to_the_line_that_declares_it()
    {
        var types = TypesIn(Library.GlobalNamespace).ToArray();

        Assert.True(types.Length > 300, $"{types.Length} types");
        Assert.All(types, type => Assert.Matches($@"(class|record|struct|interface|enum|delegate)\b.*\b{type.Name}\b", LineOf(type)));
    }

    [Theory]
    [InlineData("Workbook.Raft")]
    [InlineData("Workbook.Draw")]
    [InlineData("Workbook.Sim")]
    public void Every_member_that_is_written_down_leads_to_the_line_that_names_it(string space)
    {
        var members = TypesIn(Library.GlobalNamespace)
            .Where(type => type.ContainingNamespace.ToDisplayString() == space && type.TypeKind != TypeKind.Delegate)
            .SelectMany(type => type.GetMembers())
            .Where(member => member.DeclaredAccessibility == Accessibility.Public)
            .Where(member => member is IPropertySymbol or IFieldSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary })
            .Where(member => Links.Find(member, Names.Library) is not null).ToArray();

        Assert.True(members.Length > 80, $"{members.Length} members");
        Assert.All(members, member => Assert.Contains(member is IPropertySymbol { IsIndexer: true } ? "this[" : member.Name, LineOf(member)));
    }

    [Fact]
    public void Of_two_methods_with_one_name_each_leads_to_its_own_line()
    {
        var overloaded = TypesIn(Library.GlobalNamespace).SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
            .Where(method => method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsAbstract: false })
            .Where(method => method.Name is not ("Equals" or "ToString"))
            .GroupBy(method => (method.ContainingType.ToDisplayString(), method.Name))
            .Where(group => group.Count() > 1 && group.All(method => Links.Find(method, Names.Library) is not null))
            .ToArray();

        Assert.NotEmpty(overloaded);
        Assert.All(overloaded, group => Assert.Distinct(group.Select(method => Links.Find(method, Names.Library))));
    }

    [Fact]
    public void A_property_of_a_record_leads_to_the_records_parameter()
    {
        var place = Links.Find(Member("Workbook.Draw.GanttBar", "Start").First(), Names.Library);

        Assert.Equal("lib/Workbook/Draw/GanttBar.cs", place!.Path);
    }

    [Fact]
    public void What_has_no_source_in_the_repository_has_no_place()
    {
        var elsewhere = new SourceLinks(AppContext.BaseDirectory);
        var type = Library.GetTypeByMetadataName("Workbook.Raft.RaftCluster")!;

        Assert.Null(elsewhere.Find(type, Names.Library));
        Assert.Null(Links.Find(type, typeof(object).Assembly.Location));
    }

    [Fact]
    public void The_first_sentence_of_the_documentation_is_plain_text()
    {
        var crash = Member("Workbook.Raft.RaftCluster", "Crash").First();
        var said = TypesIn(Library.GlobalNamespace).Select(type => Summaries.Beside(Names.Library).Of(type)).ToArray();

        Assert.NotEmpty(Summaries.Beside(Names.Library).Of(crash)!);
        Assert.All(said, sentence => Assert.DoesNotMatch("</?\\w|cref=|\n", sentence));
    }

    private static IEnumerable<ISymbol> Member(string type, string name) => Library.GetTypeByMetadataName(type)?.GetMembers(name).AsEnumerable() ?? [];

    private static string LineOf(ISymbol symbol)
    {
        var place = Links.Find(symbol, Names.Library);
        Assert.True(place is not null, $"{symbol.ToDisplayString()} has no place.");
        return File.ReadLines(Path.Combine(Names.Root, place.Path)).ElementAt(place.Line - 1);
    }

    private static IAssemblySymbol Load()
    {
        var reference = MetadataReference.CreateFromFile(Names.Library);
        var platform = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);
        return (IAssemblySymbol)CSharpCompilation.Create("Look", references: [reference, platform]).GetAssemblyOrModuleSymbol(reference)!;
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceSymbol space) =>
        space.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public).Concat(space.GetNamespaceMembers().SelectMany(TypesIn));
}
