import { APP_ERROR_STATUS, AppError, runInSandbox } from '../../../lib/server';

/** A chapter's block is taken to the reader's sandbox; then the sandbox is shown. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData();
  try {
    const address = await runInSandbox(String(form.get('chapter')), Number(form.get('block')));
    return new Response(null, { status: 303, headers: { Location: address } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Response(`${error.message}\n`, { status: APP_ERROR_STATUS[error.code] });
  }
}
