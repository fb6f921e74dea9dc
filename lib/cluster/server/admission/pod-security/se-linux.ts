import { type CheckPod, containersOf, plural, quoted, setters, sorted } from './check';

const TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

/** SELinux: types of containers alone, `more` of them in later releases; no user, no role. */
export const seLinuxOptions =
  (more: readonly string[]): CheckPod =>
  (spec) => {
    const allowed = [...TYPES, ...more];
    const containers = containersOf(spec);
    const isBad = (options: Options | undefined): options is Options =>
      options !== undefined &&
      (!allowed.includes(options.type ?? '') || Boolean(options.user || options.role));
    const own = spec.securityContext?.seLinuxOptions;
    const bad = containers.filter((each) => isBad(each.securityContext?.seLinuxOptions));
    const who = setters(
      isBad(own),
      bad.map(({ name }) => name),
    );
    if (who.length === 0) return undefined;
    const set = [own, ...bad.map((each) => each.securityContext?.seLinuxOptions)].filter(isBad);
    const types = sorted(set.map(({ type = '' }) => type).filter((type) => !allowed.includes(type)));
    const what = [
      ...(types.length > 0 ? [`${plural(types.length, 'type', 'types')} ${quoted(types)}`] : []),
      ...(set.some(({ user }) => user) ? ['user may not be set'] : []),
      ...(set.some(({ role }) => role) ? ['role may not be set'] : []),
    ];
    const detail = `${who.join(' and ')} set forbidden securityContext.seLinuxOptions: ${what.join('; ')}`;
    return { reason: 'seLinuxOptions', detail };
  };

interface Options {
  readonly type?: string | undefined;
  readonly user?: string | undefined;
  readonly role?: string | undefined;
}
