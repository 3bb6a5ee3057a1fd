/* How Google writes what a cluster is reached by; the schema of slipway.yaml and the inputs share it. */

/** A region such as `europe-west1`, or a zone such as `europe-west1-b`. */
export const GOOGLE_LOCATION = /^[a-z]+-[a-z]+\d{1,2}(?:-[a-z])?$/;

/** The id, with the domain of old ones, or the number. */
export const PROJECT = /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$|^\d+$/;

export const GKE_NAME = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Project, location and name; in front may be the service, as in asset inventories and `selfLink`. */
export const GKE_PATH =
  /^(?:(?:https:)?\/\/container\.[^/]+\/(?:v1\/)?)?projects\/([^/]+)\/(?:locations|zones)\/([^/]+)\/clusters\/([^/]+)$/;

export const IDENTITY_PROVIDER =
  /^projects\/\d+\/locations\/global\/workloadIdentityPools\/[a-z0-9-]+\/providers\/[a-z0-9-]+$/;

export const SERVICE_ACCOUNT = /^[a-z0-9][a-z0-9.:-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
export const SERVICE_ACCOUNT_HINT =
  'Write its e-mail address, such as `deploy@acme-data.iam.gserviceaccount.com`.';

export const MEMBERSHIP =
  /^projects\/[^/\s]+\/locations\/[^/\s]+\/(?:gkeMemberships|memberships)\/[^/\s]+$/;

export const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
