import { cohorts, somebody } from '../../../../../lib/server';
import { download } from '../../../_components/download';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

/** The gradebook as a file: CSV, or JSON with `?as=json`. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { id } = await params;
  const asker = await somebody();
  if (new URL(request.url).searchParams.get('as') !== 'json')
    return download('grades.csv', () => cohorts().gradebookCsv(asker, id));
  return download('grades.json', async () => {
    const book = await cohorts().gradebook(asker, id);
    return `${JSON.stringify(book, undefined, 2)}\n`;
  });
}
