import type { Library } from './evaluate';
import type { Filter, Pattern } from './syntax';

/** A name that is used and not defined. */
export interface UnknownName {
  readonly message: string;
  readonly pos: number;
}

/** Finds names that nothing defines, in the order of the text. */
export function unknownNames(
  filter: Filter,
  library: Library,
  variables: ReadonlySet<string>,
): readonly UnknownName[] {
  const found: UnknownName[] = [];
  const known = (name: string, names: ReadonlySet<string>): boolean =>
    names.has(name) || library.filters.has(name) || library.values.has(name) || library.definitions.has(name);
  const all = (filters: readonly (Filter | undefined)[], names: ReadonlySet<string>) => {
    for (const each of filters) if (each !== undefined) visit(each, names);
  };
  const visit = (node: Filter, names: ReadonlySet<string>): void => {
    switch (node.kind) {
      case 'variable':
        if (!names.has(node.name) && node.name !== '$ENV')
          found.push({ message: `${node.name} is not defined`, pos: node.pos });
        return;
      case 'break':
        if (!names.has(`*${node.name}`))
          found.push({ message: `$*label-${node.name.slice(1)} is not defined`, pos: node.pos });
        return;
      case 'call': {
        const name = `${node.name}/${node.args.length}`;
        all(node.args, names);
        if (!known(name, names)) found.push({ message: `${name} is not defined`, pos: node.pos });
        return;
      }
      case 'define': {
        const { definition, body } = node;
        const itself = new Set([...names, `${definition.name}/${definition.params.length}`]);
        const inner = definition.params.flatMap((param) =>
          param.startsWith('$') ? [param, `${param.slice(1)}/0`] : [`${param}/0`],
        );
        visit(definition.body, new Set([...itself, ...inner]));
        visit(body, itself);
        return;
      }
      case 'bind': {
        visit(node.source, names);
        visit(node.body, bound(node.patterns, names));
        return;
      }
      case 'reduce':
      case 'foreach': {
        all([node.source, node.init], names);
        const inner = bound(node.patterns, names);
        all([node.update, node.kind === 'foreach' ? node.extract : undefined], inner);
        return;
      }
      case 'label':
        visit(node.body, new Set([...names, `*${node.name}`]));
        return;
      default:
        all(children(node), names);
    }
  };
  const bound = (patterns: readonly Pattern[], names: ReadonlySet<string>): ReadonlySet<string> => {
    const inner = new Set(names);
    const collect = (pattern: Pattern): void => {
      if (pattern.kind === 'variable') inner.add(pattern.name);
      else if (pattern.kind === 'array') pattern.items.forEach(collect);
      else
        for (const entry of pattern.entries) {
          visit(entry.key, inner);
          if (entry.variable !== undefined) inner.add(entry.variable);
          if (entry.value !== undefined) collect(entry.value);
        }
    };
    patterns.forEach(collect);
    return inner;
  };
  visit(filter, variables);
  return found;
}

/** The filters directly in one that binds no names. */
function children(node: Filter): readonly (Filter | undefined)[] {
  switch (node.kind) {
    case 'string':
      return node.parts.filter((part) => typeof part !== 'string');
    case 'index':
      return [node.term, node.key];
    case 'slice':
      return [node.term, node.from, node.to];
    case 'iterate':
      return [node.term];
    case 'try':
      return [node.body, node.handler];
    case 'array':
    case 'negate':
      return [node.body];
    case 'object':
      return node.entries.flat();
    case 'if':
      return [node.condition, node.then, node.otherwise];
    case 'pipe':
    case 'comma':
    case 'and':
    case 'or':
    case 'alternative':
    case 'binary':
    case 'assign':
      return [node.left, node.right];
    default:
      return [];
  }
}
