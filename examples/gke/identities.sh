#!/bin/sh
# Pool, provider, service accounts and roles for one repository and one project.
set -eu
project=acme-data
number=123456789012 # gcloud projects describe acme-data --format='value(projectNumber)'
# gh api repos/acme/data --jq '[.owner.id, .id]'
owner_id=123456
repository_id=456789
# As the job's token says it; a repository made before 2026-07-15 may send repo:acme/data.
repository="repo:acme@$owner_id/data@$repository_id"

gcloud services enable iam.googleapis.com sts.googleapis.com iamcredentials.googleapis.com container.googleapis.com \
  --project="$project"

gcloud iam workload-identity-pools create github --project="$project" --location=global
gcloud iam workload-identity-pools providers create-oidc data --project="$project" --location=global \
  --workload-identity-pool=github \
  --issuer-uri=https://token.actions.githubusercontent.com \
  --attribute-mapping=google.subject=assertion.sub,attribute.repository_id=assertion.repository_id \
  --attribute-condition="assertion.repository_id == '$repository_id' && assertion.repository_owner_id == '$owner_id'"

# Each account may be used by jobs with exactly one subject.
subjects="principal://iam.googleapis.com/projects/$number/locations/global/workloadIdentityPools/github/subject"
for pair in "slipway-deploy $repository:environment:production" "slipway-plan $repository:pull_request"; do
  account=${pair%% *}
  email="$account@$project.iam.gserviceaccount.com"
  gcloud iam service-accounts create "$account" --project="$project"
  gcloud iam service-accounts add-iam-policy-binding "$email" --project="$project" \
    --role=roles/iam.workloadIdentityUser --member="$subjects/${pair#* }"
  # Finds the cluster and connects to it; what it may do inside is the matter of rbac/.
  gcloud projects add-iam-policy-binding "$project" \
    --role=roles/container.clusterViewer --member="serviceAccount:$email" --condition=None
done
