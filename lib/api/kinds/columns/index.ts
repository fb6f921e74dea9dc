export * from './column';
