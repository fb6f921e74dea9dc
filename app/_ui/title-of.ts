const LETTERS = /\b(?:api|aws|dns|http|ip|rbac|tcp|tls|udp|url)\b/g;

/** A name of data as a person says it: "call-the-api" reads "Call the API". */
export function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ').replace(LETTERS, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
