module slipway.local/certificates

go 1.26.0

tool slipway.local/certificates
