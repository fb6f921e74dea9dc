import type { Document } from './bson';

const NAMES: Readonly<Record<number, string>> = {
  2: 'BadValue',
  6: 'HostUnreachable',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  18: 'AuthenticationFailed',
  20: 'IllegalOperation',
  23: 'AlreadyInitialized',
  26: 'NamespaceNotFound',
  48: 'NamespaceExists',
  59: 'CommandNotFound',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  74: 'NodeNotFound',
  76: 'NoReplicationEnabled',
  91: 'ShutdownInProgress',
  93: 'InvalidReplicaSetConfig',
  94: 'NotYetInitialized',
  95: 'NotSecondary',
  103: 'NewReplicaSetConfigurationIncompatible',
  109: 'ConfigurationInProgress',
  110: 'CannotInitializeNodeWithData',
  189: 'PrimarySteppedDown',
  10107: 'NotWritablePrimary',
  11000: 'DuplicateKey',
  11602: 'InterruptedDueToReplStateChange',
  13435: 'NotPrimaryNoSecondaryOk',
  13436: 'NotPrimaryOrSecondary',
  40324: 'Location40324',
};

/** mongod's refusal of a command. */
export class MongoFailure extends Error {
  override name = 'MongoFailure';
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }

  /** As the command's reply. */
  get reply(): Document {
    return {
      ok: 0,
      errmsg: this.message,
      code: this.code,
      codeName: NAMES[this.code] ?? `Location${this.code}`,
    };
  }
}
