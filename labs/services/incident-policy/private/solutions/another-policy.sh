kubectl -n {{ns}} delete networkpolicy {{api}}-from-{{front}}
cat <<'EOF' | kubectl apply -f -
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: in
  namespace: {{ns}}
spec:
  podSelector:
    matchExpressions:
      - { key: app, operator: In, values: [{{api}}] }
  ingress:
    - ports:
        - port: http
      from:
        - podSelector: { matchLabels: { role: front } }
          namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{front}} } }
EOF
sleep 5
