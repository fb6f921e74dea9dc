import { type Answer, badRequest, type KubeObject, unsupportedMediaType } from '../../api';
import { type Agreed, negotiate, RESOURCE_FORMS } from '../answer/accept';
import { objectResponse } from '../answer/answers';
import { asPartial } from '../answer/transform';
import { readPatchOptions, readWriteOptions } from '../options/write-options';
import { PATCH_CONTENT_TYPES, patchTypeOf } from '../request/media-type';
import { checkObjectType, readObject } from '../request/read-object';
import { readPatch } from '../request/read-patch';
import { bodyKind, type Call, type NamedCall } from './call';

/** POST: a new object, or what a subresource takes. */
export async function create(call: Call): Promise<Response> {
  const { client, request, route, query } = call;
  const { ref, namespace, name, subresource } = route;
  const form = negotiate(request, RESOURCE_FORMS);
  checkObjectType(request);
  const options = readWriteOptions('CreateOptions', query, request.headers);
  const { object, strictErrors } = await readObject(request, bodyKind(call), options.fieldValidation);
  const target = name === undefined ? {} : { name, subresource };
  return answered(form, await client.create(ref, namespace, object, { ...options, strictErrors, ...target }));
}

/** PUT. */
export async function update(call: NamedCall): Promise<Response> {
  const { client, request, route, query } = call;
  const { ref, namespace, name, subresource } = route;
  const form = negotiate(request, RESOURCE_FORMS);
  const options = readWriteOptions('UpdateOptions', query, request.headers);
  checkObjectType(request);
  const { object, strictErrors } = await readObject(request, bodyKind(call), options.fieldValidation);
  checkName(object, name);
  return answered(
    form,
    await client.update(ref, namespace, object, { ...options, strictErrors, subresource }),
  );
}

/** handlers.checkName: a PUT is about the object that it brings. */
function checkName({ metadata }: KubeObject, name: string): void {
  const own: unknown = metadata.name ?? '';
  if (own === '')
    throw badRequest(
      `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
    );
  // A name that is no text is the decoder's to complain of.
  if (typeof own === 'string' && own !== name)
    throw badRequest(`the name of the object (${own}) does not match the name on the URL (${name})`);
}

/** PATCH, meant as its content type says. */
export async function patch(call: NamedCall): Promise<Response> {
  const { client, request, route, query } = call;
  const { ref, namespace, name, subresource } = route;
  const type = patchTypeOf(request);
  if (type === undefined) throw unsupportedMediaType(Object.values(PATCH_CONTENT_TYPES));
  const form = negotiate(request, RESOURCE_FORMS);
  const options = readPatchOptions(type, query, request.headers);
  const { value, strictErrors } = await readPatch(request, type, options.fieldValidation);
  const answer = await client.patch(ref, namespace, name, type, value, {
    ...options,
    strictErrors,
    subresource,
  });
  return answered(form, answer);
}

function answered(form: Agreed, { object, code, warnings }: Answer<KubeObject>): Response {
  const isPartial = form.target?.kind === 'PartialObjectMetadata' && object.kind !== 'Status';
  return objectResponse(form, isPartial ? asPartial(object, form.target) : object, code, warnings);
}
