/** Shorter passwords are guessed; NIST SP 800-63B asks for length, not for signs. */
export const PASSWORD_SHORTEST = 10;
/** More than any manager writes; hashing more would be work for an attacker to hand out. */
export const PASSWORD_LONGEST = 128;
