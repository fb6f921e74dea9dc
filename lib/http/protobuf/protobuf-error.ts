/** A body that cannot be read; `message` is what the API server's own decoder says. */
export class ProtobufError extends Error {
  override name = 'ProtobufError';
}

/** A body of a kind that nobody knows. */
export class UnknownKindError extends ProtobufError {
  readonly apiVersion: string;
  readonly kind: string;
  constructor(apiVersion: string, kind: string) {
    super(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`,
    );
    this.apiVersion = apiVersion;
    this.kind = kind;
  }
}
