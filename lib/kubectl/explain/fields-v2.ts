import { type Model, type Models, modelOf } from './model-v2';
import { sortedNames } from './open-api-schema';
import type { TextBlock } from './text-block';

type Kind = Extract<Model, { is: 'kind' }>;

const DESCRIPTION_INDENT = 2;
const LEVEL_INDENT = 3;

/** `string`, `[]Object`, `map[string]string` (pkg/explain typename). */
export function typeName(model: Model, models: Models): string {
  switch (model.is) {
    case 'reference':
      return typeName(models(model.name), models);
    case 'list':
      return `[]${typeName(model.of, models)}`;
    case 'map':
      return `map[string]${typeName(model.of, models)}`;
    case 'kind':
      return 'Object';
    case 'primitive':
      return model.type;
    case 'arbitrary':
      return '';
  }
}

/** Prints the fields of a kind, with descriptions or with all that is in them. */
export class FieldPrinter {
  private readonly out: TextBlock;
  private readonly recursive: boolean;
  private readonly models: Models;
  /** References that are being printed, against going round in circles. */
  private readonly open = new Set<string>();

  constructor(out: TextBlock, recursive: boolean, models: Models) {
    this.out = out;
    this.recursive = recursive;
    this.models = models;
  }

  print(kind: Kind): void {
    if (this.recursive) this.printAll(kind, this.out);
    else this.printDescribed(kind);
  }

  private printDescribed(kind: Kind): void {
    for (const name of sortedNames(kind.fields)) {
      const field = modelOf(kind.fields[name] ?? {});
      const required = kind.required.includes(name) ? ' -required-' : '';
      this.out.write(`${name}\t<${typeName(field, this.models)}>${required}`);
      this.out.indented(DESCRIPTION_INDENT).writeWrapped(field.description);
      this.out.write('');
    }
  }

  private printAll(model: Model, out: TextBlock): void {
    if (model.is === 'list' || model.is === 'map') this.printAll(model.of, out);
    else if (model.is === 'reference') {
      if (this.open.has(model.name)) return;
      this.open.add(model.name);
      this.printAll(this.models(model.name), out);
      this.open.delete(model.name);
    } else if (model.is === 'kind') {
      for (const name of sortedNames(model.fields)) {
        const field = modelOf(model.fields[name] ?? {});
        out.write(`${name}\t<${typeName(field, this.models)}>`);
        this.printAll(field, out.indented(LEVEL_INDENT));
      }
    }
  }
}
