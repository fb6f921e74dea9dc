cat > watcher.yaml <<'END'
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{account}}
---
apiVersion: v1
kind: Pod
metadata:
  name: watcher
spec:
  serviceAccountName: {{account}}
  containers:
    - name: tools
      image: nicolaka/netshoot
      command: [sleep, infinity]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: lists-services
rules:
  - apiGroups: [""]
    resources: [services]
    verbs: [list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: lists-services
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: lists-services }
subjects:
  - { kind: ServiceAccount, name: {{account}}, namespace: {{space}} }
END
kubectl apply -n {{space}} -f watcher.yaml
kubectl delete service kubernetes -n default
mkdir -p answers
echo b > answers/which-number.txt
echo c > answers/for-nodes.txt
sleep 15
