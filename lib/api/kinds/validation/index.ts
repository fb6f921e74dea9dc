export * from './addresses';
export * from './errors';
export * from './label-selector';
export * from './names';
export * from './object-meta';
export * from './resource-names';
