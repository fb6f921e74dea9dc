export {
  attributeOf,
  type Certificate,
  coversHost,
  type DistinguishedName,
  isForHost,
  isSelfSigned,
  type PublicKey,
  printName,
  sameName,
} from './certificate';
export { greet } from './greet';
export { judgeChain, type TlsProblem, type TlsTrust } from './judge-chain';
export { type PemBlock, printPem, readPem } from './pem';
export { PUBLIC_AUTHORITIES } from './public-authorities';
export { certificatesIn } from './read-certificate';
export { publicHalf } from './read-key';
export { type CertificateText, publicKeyInfo, writeCertificate } from './write-certificate';
