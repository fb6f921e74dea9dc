export type { ScriptImage, ScriptTurn } from './script-image';
export { startScript, stopScript, turnScript } from './start-script';
export type { ScriptState } from './thread';
