import type { Api } from '../seams';

/** The API as a program uses it: its writes are recorded under its name. */
export function asProgram(api: Api, program: string): Api {
  const named = <T extends { readonly fieldManager?: string | undefined }>(options: T | undefined) => ({
    fieldManager: program,
    ...options,
  });
  return {
    ...api,
    create: (ref, namespace, object, options) => api.create(ref, namespace, object, named(options)),
    update: (ref, namespace, object, options) => api.update(ref, namespace, object, named(options)),
    patch: (ref, namespace, name, type, body, options) =>
      api.patch(ref, namespace, name, type, body, named(options)),
  };
}
