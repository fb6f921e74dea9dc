export { TABLE_TABS } from './custom-columns';
export { type ObjectPrinter, objectPrinter, withoutManagedFields } from './object-printer';
export { formatLabels, TablePrinter } from './table';
