cat > mine.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{app}}
spec:
  type: LoadBalancer
  selector: { app: {{app}} }
  externalIPs: [192.168.50.11, 192.168.50.12, 192.168.50.13]
  ports:
    - { name: http, port: 80, targetPort: 80 }
END
kubectl apply -f mine.yaml
mkdir -p answers
echo c > answers/nobody-there.txt
echo b > answers/worth-of-a-status.txt
sleep 5
