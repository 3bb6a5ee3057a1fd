# The same as the lines of the aws CLI in docs/eks.md.

locals {
  cluster = "data-prod"
  roles = {
    slipway-deploy = { trust = "trust-deploy.json", group = "slipway-deployers" }
    slipway-plan   = { trust = "trust-plan.json", group = "slipway-planners" }
  }
}

# One for each account; leave it out when the account has it.
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "slipway" {
  for_each           = local.roles
  name               = each.key
  assume_role_policy = file("${path.module}/${each.value.trust}")
}

resource "aws_iam_role_policy" "describe_cluster" {
  for_each = local.roles
  name     = "describe-cluster"
  role     = aws_iam_role.slipway[each.key].name
  policy   = file("${path.module}/describe-cluster.json")
}

resource "aws_eks_access_entry" "slipway" {
  for_each          = local.roles
  cluster_name      = local.cluster
  principal_arn     = aws_iam_role.slipway[each.key].arn
  kubernetes_groups = [each.value.group]
}
