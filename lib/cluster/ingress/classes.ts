import type { Ingress, IngressClass, Stored } from '../../api';
import type { ControllerFlags } from './flags';

const ANNOTATION = 'kubernetes.io/ingress.class';

/** Whose class an Ingress is of: the controller's own by name, or why it is none (store.GetIngressClass). */
export type ClassOf = { readonly name: string } | { readonly error: string };

/** Classes of this controller. */
export function ownClasses(
  classes: readonly Stored<IngressClass>[],
  { controllerClass, ingressClass, classByName }: ControllerFlags,
): readonly string[] {
  return classes
    .filter(
      ({ metadata, spec }) =>
        spec?.controller === controllerClass || (classByName && metadata.name === ingressClass),
    )
    .map(({ metadata }) => metadata.name);
}

/** The class that makes an Ingress this controller's: the field, the annotation, or none where none is asked for. */
export function classOf(
  { metadata, spec }: Stored<Ingress>,
  own: readonly string[] | undefined,
  flags: ControllerFlags,
): ClassOf {
  const named = spec?.ingressClassName;
  if (own !== undefined && named !== undefined)
    return own.includes(named)
      ? { name: named }
      : { error: `no object matching key ${JSON.stringify(named)} in local store` };
  const annotated = metadata.annotations?.[ANNOTATION];
  if (annotated !== undefined)
    return annotated === flags.ingressClass
      ? { name: annotated }
      : { error: 'ingress class annotation is not equal to the expected by Ingress Controller' };
  return flags.watchWithoutClass ? { name: '_' } : { error: 'ingress does not contain a valid IngressClass' };
}
