import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LabError } from '../../labs';

/** Throws when a lab's folder is there already. */
export async function refuseIfThere(folder: string): Promise<void> {
  const there = await access(folder).then(
    () => true,
    () => false,
  );
  if (there) throw new LabError(folder, undefined, 'is there already; nothing was written');
}

/** Writes a new lab's files; refuses to touch a folder that is there. */
export async function writeLab(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await refuseIfThere(folder);
  for (const [path, text] of Object.entries(files)) {
    const place = join(folder, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text.endsWith('\n') ? text : `${text}\n`);
  }
}
