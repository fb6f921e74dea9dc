export * from './cells';
export * from './column';
