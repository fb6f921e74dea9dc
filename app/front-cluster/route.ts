import { APP_ERROR_STATUS, AppError, playFrontCluster } from '../../lib/server';
import { sceneOf } from '../_diagram/scene';

/** What the last of these moves made happen in the front page's cluster, as scenes. */
export async function POST(request: Request): Promise<Response> {
  try {
    const { moves }: { moves?: unknown } = await request.json();
    if (!Array.isArray(moves)) throw new AppError('invalid', 'Moves are a list.');
    const { said, frames } = await playFrontCluster(moves.map(String));
    return Response.json({
      said,
      frames: frames.map(({ objects, way, afterMs }) => ({ afterMs, scene: sceneOf(objects, way) })),
    });
  } catch (error) {
    if (error instanceof SyntaxError) return Response.json({ message: 'That is no JSON.' }, { status: 400 });
    // The server's class of it is another one than ours: the code tells.
    const { code, message } = error as AppError;
    const status = APP_ERROR_STATUS[code];
    if (status === undefined) throw error;
    return Response.json({ message }, { status });
  }
}
