const SHORT: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};
const ORDER = Object.keys(SHORT);

/** "RWO,ROX": access modes in upstream's order. */
export function accessModes(modes: readonly string[] | undefined): string {
  const unique = [...new Set(modes ?? [])].filter((mode) => ORDER.includes(mode));
  return unique
    .sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
    .map((mode) => SHORT[mode] ?? '')
    .join(',');
}

/** The class of a volume or claim: the old annotation goes before the field. */
export function storageClassOf(object: {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: { readonly storageClassName?: string | undefined } | undefined;
}): string {
  return (
    object.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ??
    object.spec?.storageClassName ??
    ''
  );
}
