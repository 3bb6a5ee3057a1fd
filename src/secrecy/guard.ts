/*
 * Which values are hidden. A value is searched for in every text that leaves, so an ordinary word
 * as a "secret" (`true`, `admin`, `8080`) would blot out half of a report and protect nothing.
 */

/** Shorter values can be guessed anyway, and would be found inside ordinary words. */
export const MIN_LENGTH = 6;
/** `00000000`, `------`: fewer different characters than this carry no secret. */
export const MIN_DISTINCT = 4;
/** A single word of letters below this length is ordinary: `postgres`, `production`. */
export const WORD_LENGTH = 12;
/** So is a name of several words: `airbyte-db`, `us-central1`, `service_account`. */
export const NAME_LENGTH = 16;
/** Digits, dots and colons below this length: ports, versions, addresses, times. */
export const NUMBER_LENGTH = 12;

const WORD = /^[A-Z]?[a-z]+$|^[A-Z]+$/;
/** Words with at most one digit behind each, or numbers of at most two digits, between separators. */
const NAME = /^[A-Za-z]+\d?(?:[-_. ](?:[A-Za-z]+\d?|\d{1,2}))+$/;
const NUMBER = /^[\d.:]+$/;

/**
 * Whether a value is to be searched for in every text: long and mixed enough, or an ordinary word
 * that the release says nowhere else. `postgres` is the image as well as the password of some chart;
 * a `supersecret` that stands in its Secret alone is a secret.
 */
export function isWorthHiding(value: string, isPublic: (word: string) => boolean): boolean {
  if (value.length < MIN_LENGTH || new Set(value).size < MIN_DISTINCT) return false;
  return !isOrdinary(value) || !isPublic(value);
}

function isOrdinary(value: string): boolean {
  const { length } = value;
  if (length < WORD_LENGTH && WORD.test(value)) return true;
  if (length < NUMBER_LENGTH && NUMBER.test(value)) return true;
  return length < NAME_LENGTH && NAME.test(value);
}
