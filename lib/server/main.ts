import { offerAdministrator } from './accounts';
import { StartError } from './app-error';
import { readEnvironment } from './environment';
import { portIsFree } from './free-port';
import { letHeapGrow } from './heap';
import { log } from './log';
import { prepare } from './prepare';
import { createProgressLines } from './progress-lines';
import { serve } from './serve';
import { listenForStop, type Stops, stopAll } from './stops';
import { buildPages, pagesAreBuilt } from './web/build';
import { portTaken } from './web/serve';

/** How the server is started. */
export interface MainOptions {
  readonly root: string;
  readonly dev: boolean;
}

/** Starts everything, in order, telling a person what is done; stops it all on Ctrl-C. */
export async function main({ root, dev }: MainOptions): Promise<void> {
  const stops: Stops = [];
  const progress = createProgressLines();
  listenForStop(stops, progress);
  letHeapGrow();
  try {
    const environment = readEnvironment(process.env, root);
    if (!(await portIsFree(environment.port))) throw portTaken(environment.port);
    const { database, library, databaseAddress } = await prepare(root, environment, progress, stops);
    if (!dev && !pagesAreBuilt(root)) {
      await progress.step('Building the pages', 'Pages built', () => buildPages(root));
    }
    const began = performance.now();
    await serve({ root, dev, environment, database, databaseAddress, library, stops });
    progress.say(`✓ Server started (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    const offer = await offerAdministrator(database.prisma);
    const ready = `Portside is ready at http://localhost:${environment.port}`;
    // In one piece: whoever waits for the first line may look for the second.
    progress.say(
      offer === undefined
        ? ready
        : `${ready}\n  There is no administrator yet: ${environment.publicUrl}/sign-up?first=${offer} makes one.`,
    );
  } catch (error) {
    if (error instanceof StartError) console.error(error.message);
    else log('error', 'start-failed', { error });
    await stopAll(stops);
    process.exit(1);
  }
}
