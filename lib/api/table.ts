import type { KubeObject } from './objects';

/** metav1.TableColumnDefinition; priority 0 is always shown, above 0 only by `-o wide`. */
export interface TableColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  readonly format: string;
  readonly description: string;
  readonly priority: number;
}

/** metav1.TableRow; `object` is the whole object (`includeObject=Object`) or its metadata. */
export interface TableRow {
  readonly cells: readonly (string | number | boolean | null)[];
  readonly object: KubeObject;
}

/** metav1.Table, as `kubectl get` asks for it. */
export interface Table {
  readonly kind: 'Table';
  readonly apiVersion: 'meta.k8s.io/v1';
  readonly metadata: {
    readonly resourceVersion?: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
  readonly columnDefinitions: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}
