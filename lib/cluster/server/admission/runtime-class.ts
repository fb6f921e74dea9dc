import type { Pod } from '../../../api';
import { isAbout, type Plugin, refuseEarly } from './plugin';

/** A Pod's RuntimeClass must be there. The kind is not served here, so no cluster has one. */
export const runtimeClass: Plugin = {
  name: 'RuntimeClass',
  admit(attributes, object) {
    if (!isAbout(attributes, '', 'pods') || attributes.operation !== 'CREATE') return object;
    const name = (object as Pod).spec?.runtimeClassName;
    if (!name) return object;
    throw refuseEarly(attributes, object, `pod rejected: RuntimeClass ${JSON.stringify(name)} not found`);
  },
};
