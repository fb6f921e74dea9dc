import { ownData, refusalOf } from '../../../lib/server';

/** Takes a learner's file and goes back to the page, which says what was taken or why nothing was. */
export async function POST(request: Request): Promise<Response> {
  const own = await ownData();
  const file = (await request.formData()).get('file');
  try {
    if (own === undefined) return back({ refused: 'Cookies are needed to keep what you bring.' });
    if (!(file instanceof File) || file.size === 0) return back({ refused: 'No file was chosen.' });
    const { labs, files, attempts, unknown } = await own.import(await file.text());
    return back({
      labs: String(labs),
      files: String(files),
      attempts: String(attempts),
      unknown: unknown.join(' '),
    });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return back({ refused: refusal.message });
  }
}

function back(said: Readonly<Record<string, string>>): Response {
  return new Response(null, {
    status: 303,
    headers: { Location: `/progress?${new URLSearchParams(said)}#yours` },
  });
}
