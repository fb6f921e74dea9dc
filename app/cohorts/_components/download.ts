import { APP_ERROR_STATUS, AppError } from '../../../lib/server';

const TYPES: Readonly<Record<string, string>> = { csv: 'text/csv', json: 'application/json' };

/** A file to be kept; what is refused is the response's status. */
export async function download(name: string, work: () => Promise<string>): Promise<Response> {
  try {
    const text = await work();
    return new Response(text, {
      headers: {
        'Content-Type': `${TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain'}; charset=utf-8`,
        'Content-Disposition': `attachment; filename="${name}"`,
        'Cache-Control': 'no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Response(`${error.message}\n`, { status: APP_ERROR_STATUS[error.code] });
  }
}
