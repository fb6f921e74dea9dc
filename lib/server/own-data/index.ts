export { countOwnData, deleteOwnData, type OwnDataCount } from './delete-own-data';
export { exportOwnData } from './export-own-data';
export type { OwnData } from './file-format';
export { attemptsOf } from './history';
export { importOwnData, type Taken } from './import-own-data';
