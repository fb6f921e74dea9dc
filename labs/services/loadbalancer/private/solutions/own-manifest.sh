cat > mine.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{app}}-service
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-type: nlb
    service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled: "true"
spec:
  type: LoadBalancer
  selector: { app: {{app}} }
  ports:
    - { name: http, port: 80 }
END
kubectl apply -f mine.yaml
sleep 240
aws elbv2 describe-target-groups --query 'TargetGroups[0].Port' --output text > targets.txt
mkdir -p answers
echo b > answers/which-first.txt
echo c > answers/who-is-target.txt
