import { readImage } from '../../labs';
import { createWorkspace, HOME, type WorkspaceOptions } from '../../workspace';
import { type Piece, shown, type Transcript } from './read-transcript';

/** A Tuesday in January. */
const OPTIONS: WorkspaceOptions = { seed: 1, startAt: 1_767_690_000_000, nodes: 3, images: 'catalogue' };

/** Files that define images of the scenario's own. */
const IMAGE = /^images\/.+\.yaml$/;

/** The comment line of scenarios on a cluster that kops made. */
const ON_AWS = '# cloud: aws';

/** The same transcript with what a fresh workspace shows. Its files are in the home folder; time passes by `sleep` alone. */
export async function typeTranscript(transcript: Transcript): Promise<Transcript> {
  const all = Object.entries(transcript.files);
  const images = all.flatMap(([name, text]) => (IMAGE.test(name) ? [readImage(name, text)] : []));
  const cloud = transcript.comment.includes(ON_AWS) ? 'aws' : 'none';
  const lab = images.length === 0 ? undefined : { objects: [], files: {}, images };
  const workspace = await createWorkspace({ ...OPTIONS, cloud, lab });
  for (const [name, text] of all) if (!IMAGE.test(name)) workspace.files.write(`${HOME}/${name}`, text);
  const typed = [];
  for (const { command } of transcript.typed) {
    const pieces: Piece[] = [];
    const status = await workspace.run(command, {
      out: (text) => pieces.push({ stream: 'out', text }),
      err: (text) => pieces.push({ stream: 'err', text }),
    });
    typed.push({ command, screen: shown(pieces, status) });
  }
  workspace.close();
  return { ...transcript, typed };
}
