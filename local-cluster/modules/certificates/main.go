// Certificates writes the keys of one local cluster into a folder: a certificate authority that clients verify,
// the serving certificate it signed (API server and kubelet share it), and the key pair that signs ServiceAccount
// tokens. A program of its own because a fresh machine has Go and Node but not always openssl, and Node cannot
// sign certificates. Further arguments are DNS names that the serving certificate has as well.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// A local cluster is thrown away long before this.
const lifetime = 365 * 24 * time.Hour

func main() {
	log.SetFlags(0)
	if len(os.Args) < 2 {
		log.Fatal("usage: certificates DIRECTORY [DNS-NAME ...]")
	}
	directory := os.Args[1]

	authorityKey := newKey()
	authority := template(1, "slipway local cluster CA")
	authority.IsCA = true
	authority.BasicConstraintsValid = true
	authority.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	write(directory, "ca.crt", "CERTIFICATE", sign(authority, authority, authorityKey, authorityKey))

	servingKey := newKey()
	serving := template(2, "slipway local cluster")
	serving.KeyUsage = x509.KeyUsageDigitalSignature
	serving.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	serving.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	serving.DNSNames = append([]string{"localhost", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"}, os.Args[2:]...)
	write(directory, "serving.crt", "CERTIFICATE", sign(serving, authority, servingKey, authorityKey))
	writeKey(directory, "serving.key", servingKey)

	accountsKey := newKey()
	writeKey(directory, "service-accounts.key", accountsKey)
	public := must(x509.MarshalPKIXPublicKey(&accountsKey.PublicKey))
	write(directory, "service-accounts.pub", "PUBLIC KEY", public)
}

func template(serial int64, name string) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(serial),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-time.Hour), // clocks of containers and hosts differ a little
		NotAfter:     time.Now().Add(lifetime),
	}
}

func sign(certificate, parent *x509.Certificate, key, parentKey *ecdsa.PrivateKey) []byte {
	return must(x509.CreateCertificate(rand.Reader, certificate, parent, &key.PublicKey, parentKey))
}

func newKey() *ecdsa.PrivateKey {
	return must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
}

func writeKey(directory, name string, key *ecdsa.PrivateKey) {
	write(directory, name, "EC PRIVATE KEY", must(x509.MarshalECPrivateKey(key)))
}

func write(directory, name, kind string, bytes []byte) {
	text := pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes})
	if err := os.WriteFile(filepath.Join(directory, name), text, 0o600); err != nil {
		log.Fatal(err)
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
