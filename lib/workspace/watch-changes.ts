import type { Client, ResourceRef, WriteOptions } from '../api';
import type { MemoryFiles } from '../shell';

/** Groups whose objects are questions: nothing is kept of them. */
const QUESTIONS: ReadonlySet<string> = new Set(['authorization.k8s.io', 'authentication.k8s.io']);

const isKept = (ref: ResourceRef, options?: WriteOptions) =>
  options?.dryRun !== true && options?.subresource !== 'token' && !QUESTIONS.has(ref.group);

/** A client that tells of every write that the API accepted; `inside` is told of processes in containers, while they run. */
export function watchedClient(
  client: Client,
  onChange: () => void,
  inside: { enter(): void; leave(): void },
): Client {
  const told = async <T>(answer: Promise<T>, kept: boolean): Promise<T> => {
    const given = await answer;
    if (kept) onChange();
    return given;
  };
  return {
    ...client,
    create: (ref, namespace, object, options) =>
      told(client.create(ref, namespace, object, options), isKept(ref, options)),
    update: (ref, namespace, object, options) =>
      told(client.update(ref, namespace, object, options), isKept(ref, options)),
    patch: (ref, namespace, name, type, body, options) =>
      told(client.patch(ref, namespace, name, type, body, options), isKept(ref, options)),
    delete: (ref, namespace, name, options) =>
      told(client.delete(ref, namespace, name, options), options?.dryRun !== true),
    deleteCollection: (ref, namespace, options) =>
      told(client.deleteCollection(ref, namespace, options), options.dryRun !== true),
    exec: async (...call) => {
      inside.enter();
      try {
        return await client.exec(...call);
      } finally {
        inside.leave();
      }
    },
    as: (credentials) => watchedClient(client.as(credentials), onChange, inside),
  };
}

/** The same files, telling of every change that is made through them. */
export function watchedFiles(files: MemoryFiles, onChange: () => void): MemoryFiles {
  const told =
    <A extends readonly unknown[]>(change: (...args: A) => void) =>
    (...args: A) => {
      change(...args);
      onChange();
    };
  return {
    get state() {
      return files.state;
    },
    restore: files.restore,
    stat: files.stat,
    read: files.read,
    list: files.list,
    write: told(files.write),
    append: told(files.append),
    mkdir: told(files.mkdir),
    remove: told(files.remove),
    rename: told(files.rename),
    chmod: told(files.chmod),
  };
}
