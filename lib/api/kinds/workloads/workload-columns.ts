import type { Column } from '../../kind-spec';
import type { KubeObject } from '../../objects';
import { containerCells, formatLabelSelector, textColumn, wide } from '../columns';
import type { LabelSelectorField } from '../validation';

interface Workload extends KubeObject {
  readonly spec?:
    | {
        readonly selector?: LabelSelectorField | undefined;
        readonly template?:
          | {
              readonly spec?:
                | {
                    readonly containers: readonly {
                      readonly name: string;
                      readonly image?: string | undefined;
                    }[];
                  }
                | undefined;
            }
          | undefined;
      }
    | undefined;
}

/** Containers and Images, the wide columns of everything with a Pod template. */
export function templateColumns<T extends Workload>(): readonly Column<T>[] {
  return [
    wide(
      textColumn('Containers', 'Names of each container in the template.', ({ spec }) => {
        return containerCells(spec?.template?.spec?.containers).names;
      }),
    ),
    wide(
      textColumn('Images', 'Images referenced by each container in the template.', ({ spec }) => {
        return containerCells(spec?.template?.spec?.containers).images;
      }),
    ),
  ];
}

/** The Selector column, wide too. */
export function selectorColumn<T extends Workload>(): Column<T> {
  return wide(
    textColumn('Selector', 'Label selector for pods.', ({ spec }) => formatLabelSelector(spec?.selector)),
  );
}
