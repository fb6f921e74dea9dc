export { TABLE_TABS } from './custom-columns';
export { type ObjectPrinter, objectPrinter, type PrinterRules, withoutManagedFields } from './object-printer';
export { formatLabels, TablePrinter, type TableRules } from './table';
