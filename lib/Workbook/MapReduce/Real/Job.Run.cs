namespace Workbook.MapReduce;

public abstract partial class Job
{
}
