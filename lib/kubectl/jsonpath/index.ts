export { findPath, PathError, renderPath } from './evaluate-path';
export { goSyntax, goTypeName, goValueText } from './go-text';
export { type PathNode, PathSyntaxError, parsePath, relaxPath } from './parse-path';
