import type { FieldError } from '../../status';
import type { Event } from '../../types';
import { invalidEach, invalidValue, qualifiedName, required } from '../validation';

const SHORT_MAX = 128;
const NOTE_MAX = 1024;

/** legacyValidateEvent: an event with a time of its own must say who tells what; others need only fit their namespace. */
export function validateEvent(event: Event, controllerField: string): FieldError[] {
  const { involvedObject, metadata, eventTime } = event;
  const about = involvedObject?.namespace ?? '';
  const astray = invalidValue('involvedObject.namespace', about, 'does not match event.namespace');
  const own = metadata.namespace ?? '';
  if (!eventTime) {
    const fits = about === '' ? own === '' || own === 'default' : own === about;
    return fits ? [] : [astray];
  }
  const { reportingComponent: controller = '', reportingInstance = '' } = event;
  const { action = '', reason = '', message = '' } = event;
  return [
    ...(about === '' && own !== 'default' && own !== 'kube-system' ? [astray] : []),
    ...(controller === '' ? [required(controllerField)] : []),
    ...invalidEach(controllerField, controller, qualifiedName(controller)),
    ...needed('reportingInstance', reportingInstance),
    ...needed('action', action),
    ...needed('reason', reason),
    ...(message.length > NOTE_MAX ? [tooLong('message', NOTE_MAX)] : []),
  ];
}

const tooLong = (field: string, most: number): FieldError =>
  invalidValue(field, '', `can have at most ${most} characters`);

const needed = (field: string, value: string): FieldError[] => [
  ...(value === '' ? [required(field)] : []),
  ...(value.length > SHORT_MAX ? [tooLong(field, SHORT_MAX)] : []),
];
