import { refusalOf, runInSandbox } from '../../../lib/server';

/** A chapter's block is taken to the reader's sandbox; then the sandbox is shown. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData();
  try {
    const address = await runInSandbox(String(form.get('chapter')), Number(form.get('block')));
    return new Response(null, { status: 303, headers: { Location: address } });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return new Response(`${refusal.message}\n`, { status: refusal.status });
  }
}
